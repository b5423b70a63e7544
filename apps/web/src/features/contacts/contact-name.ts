import type { Contact } from '@siar/contract'
import { phoneText } from './phone-text.ts'

/** What a contact is called on screens: the name, else the number, else the given word for "without a name". */
export function contactName(contact: Pick<Contact, 'fullName' | 'phone'>, unnamed: string): string {
  if (contact.fullName.trim()) return contact.fullName
  return contact.phone ? phoneText(contact.phone) : unnamed
}
