import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'

/** The data folder cannot be used; the message says why and what to do. */
export class DataFolderFault extends Error {
  override readonly name = 'DataFolderFault'
}

/**
 * Makes the data folder, for its owner only, where it is missing. Throws DataFolderFault when it cannot be made or
 * written, or is no folder.
 */
export function makeDataFolder(folder: string): void {
  try {
    for (const each of missingFolders(folder)) makeFolder(each)
    if (!statSync(folder).isDirectory()) throw new Error('it is a file')
    accessSync(folder, constants.W_OK | constants.X_OK)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    throw new DataFolderFault(
      `${folder} cannot hold the data (${why}): name a folder that this user may write`,
    )
  }
}

/**
 * From the outermost in. One by one, because `mkdir` with `recursive` tries for ever where the system lists a folder
 * and takes no new ones in it, as under /proc.
 */
function missingFolders(folder: string): readonly string[] {
  return existsSync(folder) ? [] : [...missingFolders(dirname(folder)), folder]
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { mode: 0o700 })
  } catch (error) {
    // Another process that starts at the same moment may have been quicker.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}
