import { describe, expect, it } from 'vitest'
import { extraColumnsFault, extraColumnsIn } from '#shared/ipc/extra-columns.ts'
import { settingsSchema } from '#shared/ipc/schemas/settings.ts'
import { columnsWith, GRID_COLUMNS } from '#renderer/engine/view.ts'

describe('columns that are not always shown', () => {
  it('stand behind the usual ones in an order of their own, each once', () => {
    const usual = columnsWith([])
    expect(usual).not.toContain('rack')
    expect(columnsWith(extraColumnsIn('ip, Rack,ip'))).toEqual([...usual, 'rack', 'ip'])
    expect(columnsWith(extraColumnsIn('serial,rack,position,ip,mac,firmware,notes'))).toEqual(GRID_COLUMNS)
  })

  it('are left out where nothing or nothing known is asked for', () => {
    expect(extraColumnsIn('')).toEqual([])
    expect(extraColumnsIn('colour,,rack')).toEqual(['rack'])
  })

  it('of another name are refused as a setting, with those that there are', () => {
    expect(extraColumnsFault('rack,ip')).toBeNull()
    expect(extraColumnsFault('')).toBeNull()
    expect(extraColumnsFault('rack,colour')).toBe(
      'there is no column colour; there are serial, rack, position, ip, mac, firmware, notes',
    )
    expect(settingsSchema.partial().safeParse({ columns: 'rack' }).success).toBe(true)
    expect(settingsSchema.partial().safeParse({ columns: 'margin' }).success).toBe(false)
  })
})
