// After the tests on the server engine.
export default async function stopPostgres() {
  await globalThis.stopPostgres?.();
}
