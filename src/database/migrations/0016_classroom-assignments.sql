CREATE TABLE "classroom_assignments" (
	"key" uuid PRIMARY KEY NOT NULL,
	"course_id" bigint NOT NULL,
	"made_by" bigint NOT NULL,
	"made_at" timestamp (3) with time zone NOT NULL,
	"is_draft" boolean NOT NULL,
	"is_final" boolean NOT NULL,
	"claimed_until" timestamp (3) with time zone,
	"item_id" text,
	"alternate_link" text,
	CONSTRAINT "classroom_assignments_courseId_itemId_unique" UNIQUE("course_id","item_id"),
	CONSTRAINT "classroom_assignments_made" CHECK (("classroom_assignments"."item_id" is null) = ("classroom_assignments"."claimed_until" is not null))
);
--> statement-breakpoint
ALTER TABLE "classroom_grants" ADD COLUMN "account_email" text;--> statement-breakpoint
ALTER TABLE "classroom_assignments" ADD CONSTRAINT "classroom_assignments_course_id_courses_id_fk" FOREIGN KEY ("course_id") REFERENCES "public"."courses"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "classroom_assignments" ADD CONSTRAINT "classroom_assignments_made_by_people_id_fk" FOREIGN KEY ("made_by") REFERENCES "public"."people"("id") ON DELETE no action ON UPDATE no action;