import { createHash } from 'node:crypto'
import { open } from 'node:fs/promises'

/**
 * Looks passwords up in a file of SHA-1 hashes, sorted, a line each: `HASH` or `HASH:COUNT`, as the lists of stolen passwords
 * are handed out. Halves the file some forty times and reads a small piece each time, so that a list of any size needs
 * no memory. A file that is missing or cannot be read is a fault: a check that is silently left out is none.
 */
export function openStolenPasswords(path: string): (password: string) => Promise<boolean> {
  return async (password) => {
    // SHA-1 is what the lists are made of; nothing rests on its strength here.
    const wanted = createHash('sha1').update(password, 'utf8').digest('hex').toUpperCase()
    const file = await open(path, 'r')
    try {
      return await search(
        async (at) => {
          const piece = Buffer.alloc(pieceLength)
          const { bytesRead } = await file.read(piece, 0, pieceLength, at)
          return piece.toString('latin1', 0, bytesRead)
        },
        (await file.stat()).size,
        wanted,
      )
    } finally {
      await file.close()
    }
  }
}

/** Holds two whole lines of 40 digits, a colon, ten digits and a line's end, wherever it begins. */
const pieceLength = 160
const hashLength = 40

/** The lines that begin in [low, high) are those that may still hold it. */
async function search(read: (at: number) => Promise<string>, size: number, wanted: string): Promise<boolean> {
  let [low, high] = [0, size]
  while (low < high) {
    const middle = Math.floor((low + high) / 2)
    // One byte earlier, so that a line that begins at the middle itself is seen as one.
    const from = Math.max(0, middle - 1)
    const piece = await read(from)
    const start = middle === 0 ? 0 : piece.indexOf('\n') + 1
    const hash = piece.slice(start, start + hashLength).toUpperCase()
    const isLine = (middle === 0 || start > 0) && hash.length === hashLength
    if (hash === wanted) return true
    if (!isLine || from + start >= high || hash > wanted) high = middle
    else low = from + start + 1
  }
  return false
}
