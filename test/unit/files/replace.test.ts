import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, expect, it, onTestFinished } from 'vitest'
import { replaceFile } from '#electron/files/replace.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'strikeline-replace-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
})

it('replaces a file, and nothing else that stands there', async () => {
  const file = join(folder, 'fleet.csv')
  writeFileSync(file, 'old')
  await replaceFile(file, ['new'])
  expect(readFileSync(file, 'utf8')).toBe('new')

  const link = join(folder, 'link.csv')
  symlinkSync(file, link)
  await expect(replaceFile(link, ['x'])).rejects.toMatchObject({
    code: 'file-unwritable',
    message: `${link} is a link to another file, and only files are replaced: give another name. Nothing was changed.`,
  })
  const dangling = join(folder, 'dangling.csv')
  symlinkSync(join(folder, 'nowhere'), dangling)
  await expect(replaceFile(dangling, ['x'])).rejects.toThrow('is a link')
  mkdirSync(join(folder, 'sub'))
  await expect(replaceFile(join(folder, 'sub'), ['x'])).rejects.toThrow('is a folder')
  expect(readFileSync(file, 'utf8')).toBe('new')
  expect(readdirSync(folder).sort()).toEqual(['dangling.csv', 'fleet.csv', 'link.csv', 'sub'])
})

it.skipIf(process.platform === 'win32')('a device is not replaced', async () => {
  await expect(replaceFile('/dev/null', ['x'])).rejects.toThrow('/dev/null is no file')
})

it('of a folder that is not there says so', async () => {
  await expect(replaceFile(join(folder, 'none', 'a.csv'), ['x'])).rejects.toMatchObject({
    code: 'file-unwritable',
  })
})

it.skipIf(process.platform === 'win32')(
  'where the disk takes no more in the midst of it, the old file is whole',
  () => {
    const file = join(folder, 'report.pdf')
    writeFileSync(file, 'old')
    const module = new URL('../../../electron/files/replace.ts', import.meta.url).href
    const program = `
    const { replaceFile } = await import(${JSON.stringify(module)})
    await replaceFile(${JSON.stringify(file)}, Array(64).fill('x'.repeat(4096))).catch((error) => console.log(error.message))`
    // A disk that is full for this one process: it may write 8 kB.
    const limited = `ulimit -f 16; exec "$0" --input-type=module -e "$1"`
    const said = execFileSync('sh', ['-c', limited, process.execPath, program], { encoding: 'utf8' })
    expect(said).toBe(`${file} could not be written: the disk takes no file of this size\n`)
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['report.pdf'])
  },
)
