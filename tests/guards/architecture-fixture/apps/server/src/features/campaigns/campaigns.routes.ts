import { contacts } from '../contacts/index.ts'

export const routes = contacts
