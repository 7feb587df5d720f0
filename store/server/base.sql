-- What many boards in one database need beside their tables: which boards there are, who may see
-- them, and how rows get their numbers. Each transaction says in rounds.board which one it is about.

CREATE SCHEMA rounds;
CREATE SCHEMA rounds_board;

CREATE TABLE rounds.form (revision text NOT NULL);

CREATE TABLE rounds.board (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name text COLLATE "C" NOT NULL UNIQUE,
    made_at timestamptz NOT NULL,
    changed_at timestamptz
) WITH (fillfactor = 50);

CREATE TABLE rounds.access (
    board bigint NOT NULL REFERENCES rounds.board ON DELETE CASCADE,
    role name NOT NULL,
    writes boolean NOT NULL,
    PRIMARY KEY (board, role)
);
CREATE INDEX access_role ON rounds.access (role, board);

CREATE TABLE rounds.number (
    board bigint NOT NULL REFERENCES rounds.board ON DELETE CASCADE,
    of_table text COLLATE "C" NOT NULL,
    seq bigint NOT NULL,
    PRIMARY KEY (board, of_table)
);

-- The highest number that a row of a table ever had on this board.
CREATE FUNCTION rounds.highest(wanted text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    mine bigint := current_setting('rounds.board')::bigint;
    found bigint;
BEGIN
    EXECUTE format(
        'SELECT greatest((SELECT max(id) FROM rounds.%I WHERE board = $1),'
        ' (SELECT seq FROM rounds.number WHERE board = $1 AND of_table = $2), 0)', wanted)
        INTO found USING mine, wanted;
    RETURN found;
END $$;

-- Numbers are counted in memory until the transaction ends: a row that is updated ten thousand
-- times in it would be read ten thousand times. They begin at 1 on each board, and none is given
-- twice; what was rolled back was never given.
CREATE FUNCTION rounds.take_numbers(wanted text, many bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    counter text := 'rounds.last_' || wanted;
    last text := current_setting(counter, true);
    first bigint;
BEGIN
    IF last IS NULL OR last = '' THEN
        first := rounds.highest(wanted) + 1;
        PERFORM set_config('rounds.counted',
            concat_ws(',', nullif(current_setting('rounds.counted', true), ''), wanted), true);
    ELSE
        first := last::bigint + 1;
    END IF;
    PERFORM set_config(counter, (first + many - 1)::text, true);
    RETURN first;
END $$;

CREATE FUNCTION rounds.next_number(wanted text) RETURNS bigint LANGUAGE sql VOLATILE
    AS $$ SELECT rounds.take_numbers(wanted, 1) $$;

CREATE FUNCTION rounds.count_on(wanted text, upto bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    missing bigint := upto - rounds.take_numbers(wanted, 0) + 1;
BEGIN
    IF missing > 0 THEN
        PERFORM rounds.take_numbers(wanted, missing);
    END IF;
END $$;

-- The end of a transaction that changed something: its numbers are kept, and whoever shows the
-- board hears of it once it is committed.
CREATE FUNCTION rounds.store_change(moment timestamptz) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    mine bigint := current_setting('rounds.board')::bigint;
    counted text[] := string_to_array(nullif(current_setting('rounds.counted', true), ''), ',');
BEGIN
    INSERT INTO rounds.number (board, of_table, seq)
    SELECT mine, one, current_setting('rounds.last_' || one)::bigint
    FROM unnest(counted) AS one
    WHERE one <> 'setting' AND current_setting('rounds.last_' || one)::bigint > 0
    ON CONFLICT (board, of_table) DO UPDATE SET seq = excluded.seq
    WHERE number.seq < excluded.seq;
    UPDATE rounds.board SET changed_at = moment WHERE id = mine;
    PERFORM pg_notify('rounds_' || mine, '');
END $$;

-- What the questions ask by SQLite's names.
CREATE FUNCTION rounds.json_each(document text, OUT key text, OUT value text) RETURNS SETOF record
    LANGUAGE sql IMMUTABLE AS $$
    SELECT (place - 1)::text, item
    FROM json_array_elements_text(
        CASE json_typeof(document::json) WHEN 'array' THEN document::json ELSE '[]' END)
        WITH ORDINALITY AS items (item, place)
    UNION ALL
    SELECT pair.key, pair.value
    FROM json_each_text(
        CASE json_typeof(document::json) WHEN 'object' THEN document::json ELSE '{}' END) AS pair
$$;
CREATE FUNCTION rounds.json_extract(document text, path text) RETURNS text LANGUAGE sql IMMUTABLE
    AS $$ SELECT document::json ->> substr(path, 3) $$;
CREATE FUNCTION rounds.instr(whole text, part text) RETURNS integer LANGUAGE sql IMMUTABLE
    AS $$ SELECT strpos(whole, part) $$;
CREATE FUNCTION rounds.strftime(form text, moment timestamptz, later text) RETURNS text
    LANGUAGE sql STABLE
    AS $$ SELECT to_char((moment AT TIME ZONE 'UTC') + later::interval, 'YYYY-MM-DD HH24:MI:SS') $$;
CREATE FUNCTION rounds.substr(moment timestamptz, place integer) RETURNS text LANGUAGE sql STABLE
    AS $$ SELECT substr(to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), place) $$;
