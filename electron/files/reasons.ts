/** What the system says of a file, for people. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of its path is no folder',
  EISDIR: 'it is a folder',
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'nothing can be written to this disk',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the room that you may use on this disk is full',
  EFBIG: 'the disk takes no file of this size',
  ENAMETOOLONG: 'its name is too long',
  EBUSY: 'another program has it open',
  EIO: 'the disk does not work as it should',
}

/** Why something could not be done, as the end of a sentence. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return REASONS[code] ?? (error instanceof Error ? error.message : String(error))
}
