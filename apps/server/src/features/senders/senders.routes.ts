import { putAsideOperations, senderHaltOperations, senderOperations } from '@siar/contract'
import type { SenderId } from '@siar/domain'
import { speakHalts } from '../../halt-present.ts'
import { bind } from '../../http/binding.ts'
import type { Binding } from '../../http/binding.ts'
import type { PutAsideService } from './put-aside.service.ts'
import type { SenderHaltService } from './sender-halts.service.ts'
import type { SenderService } from './senders.service.ts'

/** The operations of senders. */
export function senderBindings(
  service: SenderService,
  halts: SenderHaltService,
  putAside: PutAsideService,
): Binding[] {
  return speakHalts([...sessionBindings(service), releaseBinding(halts), ...putAsideBindings(putAside)])
}

function putAsideBindings(service: PutAsideService): Binding[] {
  return [
    bind(putAsideOperations.list, ({ workspaceId, params }) =>
      service.list(workspaceId, params.senderId as SenderId),
    ),
    bind(putAsideOperations.retry, async ({ workspaceId, actor, params, body }) => {
      await service.retry(workspaceId, actor, params.senderId as SenderId, body.ids)
      return undefined
    }),
    bind(putAsideOperations.discard, async ({ workspaceId, actor, params, body }) => {
      await service.discard(workspaceId, actor, params.senderId as SenderId, body.ids)
      return undefined
    }),
  ]
}

const releaseBinding = (halts: SenderHaltService): Binding =>
  bind(senderHaltOperations.release, ({ workspaceId, actor, params, body }) =>
    halts.release(workspaceId, actor, params.senderId as SenderId, body.confirmEarly),
  )

function sessionBindings(service: SenderService): Binding[] {
  const id = (params: { senderId: string }): SenderId => params.senderId as SenderId
  return [
    bind(senderOperations.list, (call) => service.list(call.workspaceId)),
    bind(senderOperations.create, (call) => service.create(call.workspaceId, call.actor, call.body)),
    bind(senderOperations.get, (call) => service.get(call.workspaceId, id(call.params))),
    bind(senderOperations.update, (call) =>
      service.update(call.workspaceId, call.actor, id(call.params), call.body),
    ),
    bind(senderOperations.remove, async (call) =>
      service.remove(call.workspaceId, call.actor, id(call.params)).then(() => undefined),
    ),
    bind(senderOperations.connect, (call) => service.connect(call.workspaceId, call.actor, id(call.params))),
    bind(senderOperations.stop, (call) => service.stop(call.workspaceId, call.actor, id(call.params))),
    bind(senderOperations.logOut, (call) => service.logOut(call.workspaceId, call.actor, id(call.params))),
    bind(senderOperations.getPairing, (call) => service.pairing(call.workspaceId, id(call.params))),
    bind(senderOperations.setPairing, (call) =>
      service.setPairing(call.workspaceId, call.actor, id(call.params), call.body),
    ),
    bind(senderOperations.checkAccess, (call) => service.checkAccess(call.body, call.signal)),
    bind(senderOperations.checkKept, (call) =>
      service.checkKept(call.workspaceId, id(call.params), call.signal),
    ),
    bind(senderOperations.screenshot, async (call) => ({
      stream: await service.screenshot(call.workspaceId, id(call.params), call.signal),
      contentType: 'image/png',
    })),
    bind(senderOperations.listGroups, (call) =>
      service.groups(call.workspaceId, id(call.params), call.signal),
    ),
    bind(senderOperations.scanPairing, (call) =>
      service.scan(call.workspaceId, call.actor, id(call.params), call.body.data),
    ),
    bind(senderOperations.listEvents, (call) => service.events(call.workspaceId, id(call.params))),
  ]
}
