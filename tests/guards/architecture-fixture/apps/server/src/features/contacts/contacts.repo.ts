import { Pool } from 'pg'
import { scope } from '../../../../../packages/database/src/index.ts'

export const repo = [Pool, scope]
