-- Whether the day of a stage, or of an end, is known.

ALTER TABLE rounds.application ADD COLUMN undated boolean DEFAULT false NOT NULL;
ALTER TABLE rounds.stage_move ADD COLUMN undated boolean DEFAULT false NOT NULL;
