// violates: web-runs-in-a-browser
export { readFile } from 'node:fs'
