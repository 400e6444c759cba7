// The engine of the tests of this project.
globalThis.engine = 'postgres';
