// violates: no-app-to-app
export { app } from '../../server/src/http/app.ts'
