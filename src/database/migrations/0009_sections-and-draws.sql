ALTER TABLE "attempts" ADD COLUMN "drawn" jsonb;--> statement-breakpoint
ALTER TABLE "quiz_versions" ADD COLUMN "structure" jsonb DEFAULT '{"sections": [], "draws": []}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "quizzes" ADD COLUMN "structure" jsonb DEFAULT '{"sections": [], "draws": []}'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_drawn" CHECK (jsonb_typeof("attempts"."drawn") = 'array');
--> statement-breakpoint
-- By hand: what an attempt asks never changes, for its answers are kept and marked by it.
CREATE TRIGGER attempts_drawn_frozen BEFORE UPDATE ON "attempts" FOR EACH ROW WHEN (OLD."drawn" IS DISTINCT FROM NEW."drawn") EXECUTE FUNCTION refuse_change();
