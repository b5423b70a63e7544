import type { VariableValues } from '@siar/domain'

/** Stands in place of a person's own link to stop; opens a page that says so. */
export const exampleOptOutLink = `${(globalThis as { location?: Location }).location?.origin ?? ''}/u/example`

/** Stands in for a person while a template is written; clearly made up. The server's own preview uses the same one. */
export const examplePerson: VariableValues = {
  name: 'Sari Wulandari',
  first_name: 'Sari',
  last_name: 'Wulandari',
  phone: '+62 812-0000-0000',
  email: 'sari@example.com',
  company: 'Toko Melati',
  opt_out_link: exampleOptOutLink,
}
