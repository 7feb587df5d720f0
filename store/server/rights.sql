-- Who sees what: the role that made the tables sees every board, each other one those that it was
-- given. Run again after every upgrade, when tables may have come.

DO $$
DECLARE
    one text;
    mine constant text := 'IN (SELECT a.board FROM rounds.access a WHERE a.role = current_user)';
    own constant text :=
        'IN (SELECT a.board FROM rounds.access a WHERE a.role = current_user AND a.writes)';
BEGIN
    ALTER TABLE rounds.access ENABLE ROW LEVEL SECURITY;
    DROP POLICY IF EXISTS own ON rounds.access;
    CREATE POLICY own ON rounds.access FOR SELECT USING (role = current_user);
    ALTER TABLE rounds.board ENABLE ROW LEVEL SECURITY;
    DROP POLICY IF EXISTS seen ON rounds.board;
    DROP POLICY IF EXISTS written ON rounds.board;
    EXECUTE 'CREATE POLICY seen ON rounds.board FOR SELECT USING (id ' || mine || ')';
    EXECUTE 'CREATE POLICY written ON rounds.board FOR UPDATE USING (id ' || own || ')';
    FOR one IN
        SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
        WHERE c.relnamespace = 'rounds'::regnamespace AND c.relkind = 'r'
          AND a.attname = 'board' AND NOT a.attisdropped AND c.relname <> 'access'
    LOOP
        EXECUTE format('ALTER TABLE rounds.%I ENABLE ROW LEVEL SECURITY', one);
        EXECUTE format('DROP POLICY IF EXISTS seen ON rounds.%I', one);
        EXECUTE format('DROP POLICY IF EXISTS written ON rounds.%I', one);
        EXECUTE format('CREATE POLICY seen ON rounds.%I FOR SELECT USING (board %s)', one, mine);
        EXECUTE format('CREATE POLICY written ON rounds.%I USING (board %s)', one, own);
    END LOOP;
END $$;
