-- Two roles: casemgr_owner owns the tables, casemgr serves and can only add to the history.
-- As a superuser in the database, after `casemgr migrate` and again after each upgrade:
--   sudo -u postgres psql -d casemgr -v ON_ERROR_STOP=1 -f postgresql.sql
BEGIN;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO casemgr;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO casemgr;

-- The history is read and added to, by whoever serves; nothing of it is changed or taken away.
REVOKE ALL ON history_entry FROM casemgr;
GRANT SELECT, INSERT ON history_entry TO casemgr;
REVOKE INSERT, DELETE ON history_head FROM casemgr;
REVOKE INSERT, UPDATE, DELETE ON alembic_version FROM casemgr;

-- With PostgreSQL's own check of its indexes, `casemgr verify` looks at those too.
DO $$ BEGIN
  IF EXISTS (SELECT 1 FROM pg_available_extensions WHERE name = 'amcheck') THEN
    CREATE EXTENSION IF NOT EXISTS amcheck;
    GRANT EXECUTE ON FUNCTION bt_index_check(regclass, boolean) TO casemgr;
  END IF;
END $$;
COMMIT;
