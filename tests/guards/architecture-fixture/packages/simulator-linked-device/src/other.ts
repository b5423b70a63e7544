export const server = 'socket'
