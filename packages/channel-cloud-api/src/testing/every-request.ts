import type { MediaKind, OutboundMessage, Session } from '@siar/channel'
import { checkCloudApiAccess } from '../access-check.ts'
import { createCloudApiChannel } from '../channel.ts'
import { registerNumber, subscribeToAccount } from '../embedded-signup.ts'
import { cloudApiSettingsSchema } from '../settings.ts'
import { app, reader } from './meta-world.ts'
import type { MetaSender, MetaWorld } from './meta-world.ts'
import { templateOf } from './templates.ts'

let messages = 0

export function messageTo(to: string, more: Partial<OutboundMessage> = {}): OutboundMessage {
  messages += 1
  return { messageId: `msg_${String(messages).padStart(32, '0')}`, to, text: 'Halo', ...more }
}

const types: Readonly<Record<MediaKind, string>> = {
  image: 'image/jpeg',
  video: 'video/mp4',
  audio: 'audio/ogg',
  document: 'application/pdf',
}

export function mediaOf(kind: MediaKind, fingerprint = `f-${kind}`): NonNullable<OutboundMessage['media']> {
  const read = async (): Promise<Uint8Array> => new Uint8Array([1, 2, 3])
  return { kind, mimeType: types[kind], fileName: 'berkas', sizeBytes: 3, fingerprint, read }
}

/** One message of every kind the adapter knows. */
export function everyMessage(): OutboundMessage[] {
  const template = { name: 'promo_siap', language: 'id', header: [], body: [], buttons: [] }
  const named = { ...template, name: 'promo_nama', body: [{ name: 'nama', text: 'Sari' }] }
  const pictured = { ...template, name: 'promo_gambar' }
  return [
    messageTo(reader),
    messageTo(reader, { inReplyTo: 'wamid.SIM1' }),
    messageTo('ID.13491208655302741918'),
    messageTo(reader, { media: mediaOf('image') }),
    messageTo(reader, { media: mediaOf('video') }),
    messageTo(reader, { media: mediaOf('audio'), text: '' }),
    messageTo(reader, { media: mediaOf('document') }),
    messageTo(reader, { buttons: [{ id: 'ya', title: 'Ya' }] }),
    messageTo(reader, { buttons: [{ id: 'ya', title: 'Ya' }], media: mediaOf('image') }),
    messageTo(reader, { link: { title: 'Belanja', url: 'https://toko.example/promo' } }),
    messageTo(reader, {
      list: { title: 'Pilih', rows: [{ id: '1', title: 'Satu', description: 'Pertama' }] },
    }),
    messageTo(reader, { template }),
    messageTo(reader, { template: named }),
    messageTo(reader, { template: { ...pictured }, media: mediaOf('image') }),
    messageTo(reader, {
      template: {
        ...named,
        buttons: [
          { index: 0, kind: 'url', value: 'abc' },
          { index: 1, kind: 'quick_reply', value: 'ya' },
          { index: 2, kind: 'copy_code', value: 'HEMAT' },
        ],
      },
    }),
    messageTo(reader, { template: { ...template, category: 'MARKETING' } }),
  ]
}

/** Templates that `everyMessage` names, approved. */
export async function approveTemplates(session: Session, world: MetaWorld, wabaId: string): Promise<void> {
  const handle = await session.templates?.uploadExample({
    mimeType: 'image/jpeg',
    fileName: 'contoh.jpg',
    data: new Uint8Array([1, 2, 3]),
  })
  const submissions = [
    templateOf('promo_siap'),
    templateOf('promo_nama', { body: 'Halo {{nama}}', examples: [{ name: 'nama', example: 'Sari' }] }),
    templateOf('promo_gambar', { header: { kind: 'media', media: 'image', exampleHandle: handle ?? '' } }),
  ]
  for (const submission of submissions) {
    await session.templates?.submit(submission)
    world.server.control.setTemplate(wabaId, submission.name, 'id', 'APPROVED')
  }
}

/** Makes the adapter use every call it knows. @param baseUrl What stands for Meta. */
export async function makeEveryRequest(
  world: MetaWorld,
  sender: MetaSender,
  baseUrl: string,
): Promise<string[]> {
  const channel = createCloudApiChannel({ baseUrl, checkEveryMs: 60_000 })
  const ends: string[] = []
  for (const marketingMessages of [false, true]) {
    const given = { ...(sender.request.settings['cloud_api'] as object), marketingMessages }
    const session = await channel.open(
      { ...sender.request, settings: { cloud_api: given } },
      async () => undefined,
    )
    if (!marketingMessages) await approveTemplates(session, world, sender.wabaId)
    for (const message of everyMessage()) ends.push((await session.send(message)).kind)
    await session.markRead(reader, 'wamid.SIM1')
    const incoming = {
      kind: 'message',
      message: { from: reader.slice(1), id: 'wamid.SIM1', type: 'text' },
      contact: {},
    }
    await session.takeWebhooks([incoming])
    await session.showTyping(reader, 1_000)
    await session.download('123456789', 1_000)
    await session.templates?.list()
    await session.close()
  }
  const { token: accessToken, wabaId, numberId: phoneNumberId } = sender
  const settings = cloudApiSettingsSchema.parse(sender.request.settings['cloud_api'])
  await checkCloudApiAccess({ settings, secrets: { accessToken, appSecret: app.secret }, baseUrl })
  await subscribeToAccount({ accessToken, wabaId, baseUrl })
  await registerNumber({ accessToken, phoneNumberId, pin: '123456', baseUrl })
  const session = await channel.open(sender.request, async () => undefined)
  await session.templates?.remove('promo_gambar')
  await session.close()
  return ends
}
