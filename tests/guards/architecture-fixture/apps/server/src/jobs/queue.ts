import { Pool } from 'pg'

export const queue = Pool
