CREATE TABLE "assets" (
	"deployment_id" bigint NOT NULL,
	"sha256" text NOT NULL,
	"media_type" text NOT NULL,
	"width" integer,
	"height" integer,
	"byte_length" integer NOT NULL,
	"bytes" "bytea" NOT NULL,
	"kept_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "assets_deployment_id_sha256_pk" PRIMARY KEY("deployment_id","sha256"),
	CONSTRAINT "assets_sha256" CHECK ("assets"."sha256" = encode(sha256("assets"."bytes"), 'hex')),
	CONSTRAINT "assets_byte_length" CHECK ("assets"."byte_length" = length("assets"."bytes"))
);
--> statement-breakpoint
ALTER TABLE "assets" ADD CONSTRAINT "assets_deployment_id_deployments_id_fk" FOREIGN KEY ("deployment_id") REFERENCES "public"."deployments"("id") ON DELETE no action ON UPDATE no action;