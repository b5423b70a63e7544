// violates: packages-never-import-apps
export { app } from '../../../apps/server/src/http/app.ts'
