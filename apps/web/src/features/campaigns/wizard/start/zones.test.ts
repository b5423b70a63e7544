import { describe, expect, test } from 'vitest'
import { wallClock, zoneLabel, zoneNames } from './zones.ts'

describe('zones', () => {
  test('offers the three zones of Indonesia first and none twice', () => {
    const names = zoneNames()
    expect(names.slice(0, 3)).toEqual(['Asia/Jakarta', 'Asia/Makassar', 'Asia/Jayapura'])
    expect(new Set(names).size).toBe(names.length)
  })

  test('writes a wall clock as the schedule of a campaign wants it', () => {
    expect(wallClock(Date.UTC(2026, 10, 20, 18, 5), 'Asia/Jakarta')).toBe('2026-11-21T01:05')
  })

  test('names a zone with its short name', () => {
    expect(zoneLabel('Asia/Jakarta', 'id-ID')).toBe('Asia/Jakarta · WIB')
  })
})
