// violates: domain-is-pure
export { z } from 'zod'
