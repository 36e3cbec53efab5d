import { describe, expect, test } from 'vitest'
import { addressesOf, addressFault, isLoopback } from '#electron/sources/address.ts'

describe('addresses that are asked', () => {
  test.each([
    'https://mempool.space/api',
    'https://mempool.space',
    'https://203.0.113.7:8999/api',
    'http://127.0.0.1:8332',
    'http://localhost:8999/api',
    'http://[::1]:8332',
    'http://192.168.1.20:4080',
    'http://10.0.0.5/api',
    'http://172.31.0.2',
    'http://100.100.1.1',
    'http://[fd00::5]:8332',
    'http://umbrel.local:3006',
    'http://umbrel:3006',
    'http://node.lan',
    'http://abcdefghij234567.onion/api',
  ])('%s', (address) => {
    expect(addressFault(address)).toBeNull()
  })
})

describe('addresses that are not asked, with the reason', () => {
  test.each([
    ['http://mempool.space/api', /over https/],
    ['http://8.8.8.8', /over https/],
    ['http://172.32.0.1', /over https/],
    ['http://100.128.0.1', /over https/],
    ['http://192.168.1.20.example.com', /over https/],
    ['http://127.0.0.1.example.com', /over https/],
    ['http://localhost.example.com', /over https/],
    ['http://[2001:db8::1]', /over https/],
    ['http://0x08080808/', /over https/],
    ['https://me:secret@node.example', /user or password/],
    ['https://me@node.example', /user or password/],
    ['https://mempool.space/api?x=1', /after \? or #/],
    ['ftp://mempool.space', /not an http or https address/],
    ['file:///etc/passwd', /not an http or https address/],
    ['javascript:alert(1)', /not an http or https address/],
    ['mempool.space', /not an address/],
    ['', /not an address/],
  ])('%s', (address, words) => {
    expect(addressFault(address)).toMatch(words)
  })
})

test('this machine is known by its names', () => {
  expect(['localhost', '127.0.0.1', '127.8.8.8', '[::1]'].map(isLoopback)).toEqual([true, true, true, true])
  expect(['192.168.1.1', '127.0.0.1.example.com', 'example.com'].map(isLoopback)).toEqual([
    false,
    false,
    false,
  ])
})

test('a path is looked for with and without the prefix of the API, the likelier first', () => {
  const at = (base: string) => addressesOf(base, '/api', '/v1/prices')
  expect(at('https://a.example')).toEqual(['https://a.example/api/v1/prices', 'https://a.example/v1/prices'])
  expect(at('https://a.example/api/')).toEqual(['https://a.example/api/v1/prices'])
  expect(at('https://a.example/m')).toEqual([
    'https://a.example/m/v1/prices',
    'https://a.example/m/api/v1/prices',
  ])
})
