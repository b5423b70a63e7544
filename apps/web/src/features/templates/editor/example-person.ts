import type { VariableValues } from '@siar/domain'

/** Stands in for a person while a template is written; clearly made up. The server's own preview uses the same one. */
export const examplePerson: VariableValues = {
  name: 'Sari Wulandari',
  first_name: 'Sari',
  last_name: 'Wulandari',
  phone: '+62 812-0000-0000',
  email: 'sari@example.com',
  company: 'Toko Melati',
}
