export { createFakeClock, type FakeClock } from './clock.ts'
export { testDatabase, type TestDatabase, type TestDatabaseOptions } from './database.ts'
export { waitUntil, type WaitUntilOptions } from './wait-until.ts'
