DELETE FROM "question_imports";--> statement-breakpoint
CREATE TABLE "imported_questions" (
	"id" bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (sequence name "imported_questions_id_seq" INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 START WITH 1 CACHE 1),
	"import_id" bigint NOT NULL,
	"place" integer NOT NULL,
	"line" integer NOT NULL,
	"question" jsonb NOT NULL,
	"duplicate" text,
	"is_ticked" boolean NOT NULL,
	CONSTRAINT "imported_questions_importId_place_unique" UNIQUE("import_id","place"),
	CONSTRAINT "imported_questions_duplicate" CHECK ("imported_questions"."duplicate" in ('in-draft', 'twice'))
);
--> statement-breakpoint
ALTER TABLE "question_imports" ALTER COLUMN "read" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "question_imports" ADD COLUMN "state" text NOT NULL;--> statement-breakpoint
ALTER TABLE "question_imports" ADD COLUMN "done" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "question_imports" ADD COLUMN "total" integer;--> statement-breakpoint
ALTER TABLE "question_imports" ADD COLUMN "heard_at" timestamp (3) with time zone NOT NULL;--> statement-breakpoint
ALTER TABLE "imported_questions" ADD CONSTRAINT "imported_questions_import_id_question_imports_id_fk" FOREIGN KEY ("import_id") REFERENCES "public"."question_imports"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "question_imports" ADD CONSTRAINT "question_imports_state" CHECK ("question_imports"."state" in ('reading', 'read', 'cancelled', 'failed'));--> statement-breakpoint
ALTER TABLE "question_imports" ADD CONSTRAINT "question_imports_read" CHECK (("question_imports"."state" = 'read') = ("question_imports"."read" is not null));