// violates: only-repo-imports-database
export { sql } from 'drizzle-orm'
