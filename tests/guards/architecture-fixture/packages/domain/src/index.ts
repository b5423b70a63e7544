export const word = 'domain'
