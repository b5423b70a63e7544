export { contacts } from './contacts.service.ts'
