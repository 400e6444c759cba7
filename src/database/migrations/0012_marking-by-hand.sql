CREATE TABLE "answer_files" (
	"attempt_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"sha256" text NOT NULL,
	"name" text NOT NULL,
	"media_type" text NOT NULL,
	"width" integer,
	"height" integer,
	"byte_length" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"kept_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "answer_files_attempt_id_position_sha256_pk" PRIMARY KEY("attempt_id","position","sha256"),
	CONSTRAINT "answer_files_sha256" CHECK ("answer_files"."sha256" = encode(sha256("answer_files"."bytes"), 'hex')),
	CONSTRAINT "answer_files_byte_length" CHECK ("answer_files"."byte_length" = length("answer_files"."bytes"))
);
--> statement-breakpoint
CREATE TABLE "hand_marks" (
	"attempt_id" bigint NOT NULL,
	"position" integer NOT NULL,
	"number" integer NOT NULL,
	"points" text NOT NULL,
	"levels" jsonb,
	"comment" text NOT NULL,
	"marked_by" bigint NOT NULL,
	"marked_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "hand_marks_attempt_id_position_number_pk" PRIMARY KEY("attempt_id","position","number"),
	CONSTRAINT "hand_marks_number" CHECK ("hand_marks"."number" > 0)
);
--> statement-breakpoint
ALTER TABLE "attempts" ADD COLUMN "unmarked" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "quiz_versions" ADD COLUMN "marks_by_hand" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "quizzes" ADD COLUMN "marks_by_hand" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "answer_files" ADD CONSTRAINT "answer_files_attempt_id_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_marks" ADD CONSTRAINT "hand_marks_attempt_id_attempts_id_fk" FOREIGN KEY ("attempt_id") REFERENCES "public"."attempts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "hand_marks" ADD CONSTRAINT "hand_marks_marked_by_people_id_fk" FOREIGN KEY ("marked_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "hand_marks_marked_by_index" ON "hand_marks" USING btree ("marked_by");--> statement-breakpoint
ALTER TABLE "attempts" ADD CONSTRAINT "attempts_unmarked" CHECK ("attempts"."unmarked" >= 0 and ("attempts"."unmarked" = 0 or "attempts"."submitted_at" is not null));--> statement-breakpoint
-- A mark is a decision: another one is added after it. A file is what was handed in.
CREATE TRIGGER hand_marks_append_only BEFORE UPDATE ON "hand_marks" FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER answer_files_unchanged BEFORE UPDATE ON "answer_files" FOR EACH ROW EXECUTE FUNCTION refuse_change();
