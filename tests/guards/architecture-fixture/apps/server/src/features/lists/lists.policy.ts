// violates: service-never-imports-http
export { routes } from './lists.routes.ts'
