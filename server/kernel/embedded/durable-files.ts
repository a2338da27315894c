import { closeSync, fdatasyncSync, fsyncSync, openSync, renameSync } from 'node:fs';
import { NodeFS } from '@electric-sql/pglite/nodefs';

interface FileNode {
  name: string;
}
interface Stream {
  readonly node: FileNode;
  readonly nfd?: number;
}
interface NodeFiles {
  realPath(node: FileNode): string;
  node_ops: { rename(node: FileNode, folder: FileNode, name: string): void };
  stream_ops: { fsync?: (stream: Stream) => number };
}
interface Module {
  FS: { filesystems: { NODEFS: NodeFiles }; ErrnoError: new (errno: number) => Error };
}

const inputOutputError = 29;

/**
 * Files on a folder whose fsync reaches the disk. The stock class answers every fsync without doing it, so a
 * commit was lost with the power although `fsync` was on; and it removes the target before it renames.
 */
export class DurableFiles extends NodeFS {
  /** How often a file or folder was synced since the start. */
  syncs = 0;

  override async init(...[pg, options]: Parameters<NodeFS['init']>) {
    const { emscriptenOpts } = await super.init(pg, options);
    const preRun = [emscriptenOpts.preRun ?? []].flat();
    return {
      emscriptenOpts: {
        ...emscriptenOpts,
        preRun: [(module: unknown) => this.#mend(module as Module), ...preRun],
      },
    };
  }

  #mend({ FS }: Module): void {
    const files = FS.filesystems.NODEFS;
    const guarded = (work: () => void): number => {
      try {
        work();
        return 0;
      } catch {
        throw new FS.ErrnoError(inputOutputError);
      }
    };
    files.stream_ops.fsync = (stream) =>
      guarded(() => {
        this.syncs += 1;
        if (stream.nfd === undefined) syncFolder(files.realPath(stream.node));
        else fdatasyncSync(stream.nfd);
      });
    files.node_ops.rename = (node, folder, name) => {
      guarded(() => renameSync(files.realPath(node), `${files.realPath(folder)}/${name}`));
      node.name = name;
    };
  }
}

/** Makes the names inside a folder survive a power cut. */
export function syncFolder(path: string): void {
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}
