import type { SimulatedGroup } from '../acquaintances.ts'
import { hiddenIdOf, phoneOfHiddenId } from '../hidden-id.ts'
import { personIn, sessionIn, workingNetwork } from './waha-call.ts'
import type { WahaAnswer, WahaCall, WahaHandler } from './waha-call.ts'
import { chatOf } from './waha-ids.ts'
import { contactsAnswer, groupsAnswer, lidsAnswer, pageOf, participantsOf } from './waha-lists.ts'
import { problem } from './waha-problem.ts'

async function checkExists(call: WahaCall): Promise<WahaAnswer> {
  const network = await workingNetwork(call)
  const phone = personIn(call.query.get('phone'))
  const numberExists = network.isOnWhatsApp(phone)
  return {
    status: 200,
    body: numberExists ? { numberExists, chatId: chatOf(phone, call.world.behaviour) } : { numberExists },
  }
}

/** The groups of a session with the account itself among the members, as WhatsApp has them. */
async function groupsIn(call: WahaCall): Promise<SimulatedGroup[]> {
  const { phone } = await sessionIn(call, ['WORKING'])
  const { groups } = (await workingNetwork(call)).acquaintances()
  const own = phone === null ? [] : [{ phone, aliases: [hiddenIdOf(phone)], name: null }]
  return groups.map((group) => ({ ...group, members: [...group.members, ...own] }))
}

async function groupIn(call: WahaCall): Promise<SimulatedGroup> {
  const group = (await groupsIn(call)).find(({ id }) => id === call.parts[1])
  if (!group) throw problem(404, 'Group not found')
  return group
}

async function listMembers(call: WahaCall): Promise<WahaAnswer> {
  return { status: 200, body: participantsOf(await groupIn(call), call.world.behaviour) }
}

function lidPair(lid: string | null, phone: string | null): WahaAnswer {
  return { status: 200, body: { lid, pn: phone === null ? null : `${phone.slice(1)}@c.us` } }
}

async function findPhone(call: WahaCall): Promise<WahaAnswer> {
  await workingNetwork(call)
  const asked = call.parts[1] ?? ''
  const lid = asked.includes('@') ? asked : `${asked}@lid`
  return lidPair(lid, phoneOfHiddenId(lid))
}

async function findLid(call: WahaCall): Promise<WahaAnswer> {
  const network = await workingNetwork(call)
  const phone = personIn(call.parts[1])
  return lidPair(network.isOnWhatsApp(phone) ? hiddenIdOf(phone) : null, phone)
}

/** Whom a session knows. */
export const peopleRoutes: Readonly<Record<string, WahaHandler>> = {
  'GET /api/contacts/check-exists': checkExists,
  'GET /api/contacts/all': async (call) => {
    const contacts = contactsAnswer((await workingNetwork(call)).acquaintances())
    return { status: 200, body: pageOf(contacts, call.query) }
  },
  'GET /api/:session/lids': async (call) => {
    const pairs = lidsAnswer((await workingNetwork(call)).acquaintances())
    return { status: 200, body: pageOf(pairs, call.query) }
  },
  'GET /api/:session/lids/count': async (call) => ({
    status: 200,
    body: { count: lidsAnswer((await workingNetwork(call)).acquaintances()).length },
  }),
  'GET /api/:session/lids/pn/:phone': findLid,
  'GET /api/:session/lids/:lid': findPhone,
  'GET /api/:session/groups': async (call) => {
    const groups = pageOf(await groupsIn(call), call.query)
    return { status: 200, body: groupsAnswer(groups, call.world.behaviour) }
  },
  'GET /api/:session/groups/count': async (call) => ({
    status: 200,
    body: { count: (await workingNetwork(call)).acquaintances().groups.length },
  }),
  'GET /api/:session/groups/:group/participants': listMembers,
  'GET /api/:session/groups/:group/participants/v2': listMembers,
}
