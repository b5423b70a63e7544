export const journey = 'journey'
