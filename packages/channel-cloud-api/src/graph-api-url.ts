export const graphApiUrl = 'https://graph.facebook.com'
