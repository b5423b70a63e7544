export { getPhoneRules } from './phone-rules.repo.ts'
export { readPhone, requirePhone } from './read-phone.ts'
export type { Phone, PhoneReason, PhoneRules, ReadPhone } from './read-phone.ts'
