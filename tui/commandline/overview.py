"""What `rounds --help` says."""

OVERVIEW = """\
rounds: where each application stands, and what to do today.

  rounds                             open the board
  rounds demo                        look around on a made-up board

Begin
  rounds add COMPANY ROLE            add an application; prints its number
  rounds import FILE [--dry-run]     bring in LinkedIn’s “Job Applications.csv”

Every day
  rounds due                         what to do today, first things first
  rounds draft FOLLOW-UP-ID          the message it asks for; --edit, --sent
  rounds done FOLLOW-UP-ID           it is done
  rounds snooze FOLLOW-UP-ID DATE    put it off
  rounds skip FOLLOW-UP-ID           skip it for good
  rounds remind ID DATE TEXT         a follow-up of your own
  rounds stats [--by source]         your own chances, beside published ones

One application (ID is the number in “rounds list”)
  rounds list [--search TEXT]        the applications
  rounds show ID                     everything about one
  rounds move ID STAGE               applied, first, second, offer
  rounds replied ID                  they replied
  rounds note ID TEXT                write a note
  rounds close ID OUTCOME            accepted, declined, rejected, withdrawn,
                                     no-response, cancelled
  rounds reopen ID                   put it back on the board
  rounds delete ID                   delete it

Interviews and offers
  rounds interview ID WHEN           log one; “invited”, --move, --cancel
  rounds task ID TITLE               a take-home: --due, --hours, --handed-in
  rounds contact ID [NAME]           the people: list, add, change, --remove
  rounds debrief ID                  how it went, in your editor; --from FILE
  rounds point ID KIND TEXT          a concern, news, a story, a promise
  rounds offer ID                    --verbal, --letter DATE, --extended-to …
  rounds deadline ID WHEN            by when an offer must be answered

Safety
  rounds undo, rounds redo           take the last change back, bring it again
  rounds backup [TO]                 make a backup; prints where it is
  rounds where                       where board, configuration and backups are

Examples
  rounds add "Globex" "Staff Engineer" --applied yesterday --tag remote
  rounds move 3 first
  rounds interview 3 tue 10:00 45m panel+case with Ana and Bo
  rounds interview 3 fri 9am America/New_York video
  rounds contact 3 Ana --email ana@globex.example --relation manager
  rounds point 3 concern "little cloud experience"
  rounds replied 3 --decides-by "3 dec"
  rounds due --days 7
  rounds due --line                  for a prompt or a status bar

Options
  --db PATH                          the board’s file; also ROUNDS_DB
  --version                          print the version
  -h, --help                         this page; “rounds COMMAND --help”

Lists take --json. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no such
application or follow-up, 10 something is due (“rounds due --check”).
"""
