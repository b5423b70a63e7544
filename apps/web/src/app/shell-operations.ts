import type { Operation, identityOperations, workspaceOperations } from '@siar/contract'

/**
 * The few operations the shell itself calls, without their schemas: zod then stays out of the first load.
 * The types come from the contract, so a path that changes there does not compile here.
 */
type Bare<O extends Operation> = Pick<O, 'id' | 'method' | 'path'>

const getSetUp: Bare<typeof identityOperations.getSetUp> = {
  id: 'identity.getSetUp',
  method: 'GET',
  path: '/api/v1/set-up',
}
const getMe: Bare<typeof identityOperations.getMe> = {
  id: 'identity.getMe',
  method: 'GET',
  path: '/api/v1/me',
}
const updateMe: Bare<typeof identityOperations.updateMe> = {
  id: 'identity.updateMe',
  method: 'PATCH',
  path: '/api/v1/me',
}
const createWorkspace: Bare<typeof workspaceOperations.create> = {
  id: 'workspaces.create',
  method: 'POST',
  path: '/api/v1/workspaces',
}

export const shellOperations = {
  getSetUp: getSetUp as typeof identityOperations.getSetUp,
  getMe: getMe as typeof identityOperations.getMe,
  updateMe: updateMe as typeof identityOperations.updateMe,
  createWorkspace: createWorkspace as typeof workspaceOperations.create,
}
