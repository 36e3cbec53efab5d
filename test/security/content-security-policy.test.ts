import { describe, expect, test } from 'vitest'
import { CONTENT_SECURITY_POLICY } from '#electron/security/content-security-policy.ts'

function directives(policy: string): Record<string, string[]> {
  return Object.fromEntries(
    policy.split(';').map((part) => {
      const [name = '', ...sources] = part.trim().split(/\s+/)
      return [name, sources]
    }),
  )
}

describe('content security policy', () => {
  test('says exactly this, each directive once', () => {
    expect(directives(CONTENT_SECURITY_POLICY)).toEqual({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'font-src': ["'self'"],
      'worker-src': ["'self'"],
      'connect-src': ["'none'"],
      'object-src': ["'none'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
    })
    expect(CONTENT_SECURITY_POLICY.split(';')).toHaveLength(11)
  })

  test('is one header line', () => {
    expect(CONTENT_SECURITY_POLICY).toMatch(/^[\x20-\x7e]+$/)
  })
})
