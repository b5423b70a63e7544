import { senderOperations } from '@siar/contract'
import type { SenderId } from '@siar/domain'
import { bind } from '../../http/binding.ts'
import type { Binding } from '../../http/binding.ts'
import type { SenderService } from './senders.service.ts'

/** The operations of senders. */
export function senderBindings(service: SenderService): Binding[] {
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
    bind(senderOperations.scanPairing, (call) =>
      service.scan(call.workspaceId, call.actor, id(call.params), call.body.data),
    ),
    bind(senderOperations.listEvents, (call) => service.events(call.workspaceId, id(call.params))),
  ]
}
