import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  openSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { makeDataFolder } from './data-folder.ts'
import { newMasterKey, parseMasterKeys } from './vault.ts'
import type { MasterKeys } from './vault.ts'

/**
 * The master key that is kept in the data folder, made there the first time. Throws when the file holds none, or when
 * it is gone while a database lies beside it: another key would open nothing in that; DataFolderFault when the folder
 * cannot be written.
 */
export function keepMasterKey(dataFolder: string): MasterKeys {
  const file = masterKeyFile(dataFolder)
  if (!existsSync(file)) {
    if (existsSync(join(dataFolder, 'postgres'))) {
      throw new Error(
        `${file} is gone, and the database beside it holds secrets that only this key opens: put it back`,
      )
    }
    makeMasterKey(dataFolder, file)
  }
  const keys = parseMasterKeys(readFileSync(file, 'utf8').trim())
  if (keys === null) throw new Error(`${file} holds no master key (32 bytes in hex or base64)`)
  return keys
}

/** Where the master key is kept when the operator gives none. */
export function masterKeyFile(dataFolder: string): string {
  return join(dataFolder, 'master.key')
}

/** Written aside and linked, so that of two processes that start at once both read the same whole key. */
function makeMasterKey(dataFolder: string, file: string): void {
  makeDataFolder(dataFolder)
  const aside = `${file}.${process.pid}`
  const handle = openSync(aside, 'w', 0o600)
  try {
    writeSync(handle, `${newMasterKey()}\n`)
    fsyncSync(handle)
    linkSync(aside, file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    closeSync(handle)
    rmSync(aside)
  }
}
