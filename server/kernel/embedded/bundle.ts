import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { Extension } from '@electric-sql/pglite';

const block = 512;
const needed = {
  /** Serving needs the library and the table of projections; without proj.db geography answers nothing. */
  serve: /^lib\/postgresql\/postgis-3\.so$|^share\/proj\/proj\.(db|ini)$|\/postgis\.control$/,
  /** Making the extension needs its script too. */
  make: /^lib\/postgresql\/postgis-3\.so$|^share\/proj\/proj\.(db|ini)$|\/postgis(\.control|--\d+\.\d+\.\d+\.sql)$/,
};

const packageFile = createRequire(import.meta.url).resolve('@electric-sql/pglite-postgis');

/**
 * PostGIS for the embedded database without raster, topology and upgrade scripts: 95 MB become 27 MB, which
 * are read and compiled at each start. The bundle is made from the installed package once and kept in `cache`.
 */
export function slimPostgis(cache: string, purpose: keyof typeof needed): Extension {
  const path = join(cache, `postgis-${purpose}.tar.gz`);
  if (!existsSync(path)) {
    const full = gunzipSync(readFileSync(join(dirname(packageFile), 'postgis.tar.gz')));
    const slim = pick(full, needed[purpose]);
    writeFileSync(`${path}.${process.pid}`, gzipSync(slim, { level: 1 }));
    renameSync(`${path}.${process.pid}`, path);
  }
  return {
    name: 'postgis',
    setup: async (_pg, emscriptenOpts) => {
      emscriptenOpts.PGLITE_ENV.PROJ_DATA = '/pglite/share/proj';
      return { emscriptenOpts, bundlePath: pathToFileURL(path) };
    },
  };
}

/** The entries of a tar archive whose names match, as a new archive. */
function pick(tar: Buffer, names: RegExp): Buffer {
  const kept: Buffer[] = [];
  let at = 0;
  while (at + block <= tar.length && tar[at] !== 0) {
    const name = tar.toString('utf8', at, at + 100).replace(/\0.*$/s, '');
    const size = Number.parseInt(tar.toString('latin1', at + 124, at + 135), 8);
    const end = at + block + Math.ceil(size / block) * block;
    if (names.test(name)) kept.push(tar.subarray(at, end));
    at = end;
  }
  if (kept.length < 3) throw new Error(`PostGIS package has not the expected files: ${packageFile}`);
  return Buffer.concat([...kept, Buffer.alloc(2 * block)]);
}
