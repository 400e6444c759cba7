-- What joins two rows must belong to one deployment, whatever the code says: a person is in courses of their own LMS, and a
-- quiz stands only in such.
CREATE FUNCTION refuse_foreign_member() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF (SELECT deployment_id FROM courses WHERE id = NEW.course_id) <> (SELECT deployment_id FROM people WHERE id = NEW.person_id) THEN
		RAISE EXCEPTION 'A person of another deployment' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER memberships_one_deployment BEFORE INSERT OR UPDATE OF course_id, person_id ON "memberships" FOR EACH ROW EXECUTE FUNCTION refuse_foreign_member();
--> statement-breakpoint
CREATE FUNCTION refuse_foreign_quiz() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF NEW.quiz_id IS NOT NULL AND (SELECT deployment_id FROM courses WHERE id = NEW.course_id) <> (
		SELECT courses.deployment_id FROM quizzes JOIN courses ON courses.id = quizzes.course_id WHERE quizzes.id = NEW.quiz_id
	) THEN
		RAISE EXCEPTION 'A quiz of another deployment' USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END
$$;
--> statement-breakpoint
CREATE TRIGGER placements_one_deployment BEFORE INSERT OR UPDATE OF course_id, quiz_id ON "placements" FOR EACH ROW EXECUTE FUNCTION refuse_foreign_quiz();
