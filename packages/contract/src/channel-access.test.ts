import { expect, test } from 'vitest'
import { asksAccess, channelAccess, connectableChannels } from './channel-access.ts'
import { SenderSecrets } from './channel-settings.ts'
import { SenderSettings } from './senders.ts'

test('the table names exactly the secrets that the shape of a channel asks for', () => {
  for (const [channel, shape] of Object.entries(SenderSecrets.shape)) {
    const asked = Object.entries(shape.unwrap().shape)
      .filter(([, value]) => !value.safeParse(undefined).success)
      .map(([name]) => name)
    expect(channelAccess[channel as keyof typeof SenderSecrets.shape].secrets).toEqual(asked)
  }
})

test('a channel asks for access exactly when its settings cannot be made up', () => {
  for (const channel of connectableChannels)
    expect([channel, asksAccess(channel)]).toEqual([
      channel,
      !SenderSettings.safeParse({ [channel]: {} }).success,
    ])
  expect(asksAccess('gateway')).toBe(false)
})
