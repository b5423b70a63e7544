// violates: feature-public-door
export { contacts } from '../contacts/contacts.service.ts'
