import type { CustomLayerInterface, CustomRenderMethodInput, Map as MapLibreMap } from 'maplibre-gl';
import { unitStatuses } from '../../../shared/contract/frame.ts';
import type { Tokens } from '../../ui/tokens.ts';
import { vertexFloats, type UnitTrack } from '../unit-track.ts';
import type { UnitLabels } from './unit-labels.ts';
import { fragmentSource, vertexSource } from './units-shader.ts';

/** What the layer asks of its owner at each picture. */
export interface UnitScene {
  readonly track: UnitTrack;
  readonly labels: UnitLabels;
  readonly tokens: () => Tokens;
  /** Vertices and the Mercator origin that they are relative to. */
  readonly vertices: () => Float32Array;
  readonly origin: () => readonly [number, number];
  readonly still: () => boolean;
}

interface Programme {
  readonly program: WebGLProgram;
  readonly array: WebGLVertexArrayObject;
  readonly buffer: WebGLBuffer;
  readonly texture: WebGLTexture;
  readonly uniform: (name: string) => WebGLUniformLocation | null;
}

const pulseMs = 1600;
/** Each repaint draws the whole map, which a machine without a graphics card feels: 20 a second glide well. */
const glideStepMs = 50;
const pulseStepMs = 200;

/**
 * Everybody who moves, in one draw call. DOM markers cost 12 % of a core at 1,000 units and a GeoJSON source
 * 18-23 %; this layer 3 %. It repaints only while somebody glides or an emergency pulses.
 */
export class UnitLayer implements CustomLayerInterface {
  readonly id = 'units';
  readonly type = 'custom' as const;
  readonly #scene: UnitScene;
  #map: MapLibreMap | null = null;
  #gl: Programme | null = null;
  #count = 0;
  #stale = true;
  #labelsStale = true;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(scene: UnitScene) {
    this.#scene = scene;
  }

  /** Says that vertices, or also the label picture, must be sent again. */
  refresh(labels = false): void {
    this.#stale = true;
    this.#labelsStale ||= labels;
    this.#map?.triggerRepaint();
  }

  onAdd(map: MapLibreMap, gl: WebGL2RenderingContext): void {
    this.#map = map;
    this.#gl = link(gl);
    this.#stale = true;
    this.#labelsStale = true;
  }

  onRemove(_map: MapLibreMap, gl: WebGL2RenderingContext): void {
    if (this.#gl) {
      gl.deleteProgram(this.#gl.program);
      gl.deleteBuffer(this.#gl.buffer);
      gl.deleteTexture(this.#gl.texture);
      gl.deleteVertexArray(this.#gl.array);
    }
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#gl = null;
    this.#map = null;
  }

  render(gl: WebGL2RenderingContext, input: CustomRenderMethodInput): void {
    const glide = this.#gl;
    const map = this.#map;
    if (!glide || !map) return;
    const { track, tokens, origin, labels, still } = this.#scene;
    const nowMs = performance.now();
    if (this.#stale) this.#upload(gl, glide);
    if (this.#labelsStale) this.#uploadLabels(gl, glide);
    if (this.#count === 0) return;
    const { status, surface, ink } = tokens();
    gl.useProgram(glide.program);
    gl.bindVertexArray(glide.array);
    gl.activeTexture(gl.TEXTURE0);
    gl.bindTexture(gl.TEXTURE_2D, glide.texture);
    gl.uniform1i(glide.uniform('u_labels'), 0);
    gl.uniform2f(glide.uniform('u_cells'), ...labels.grid);
    gl.uniformMatrix4fv(
      glide.uniform('u_matrix'),
      false,
      translated(input.defaultProjectionData.mainMatrix, origin()),
    );
    gl.uniform1f(glide.uniform('u_share'), track.progress(nowMs));
    gl.uniform1f(glide.uniform('u_ratio'), map.getPixelRatio());
    gl.uniform3fv(
      glide.uniform('u_colours'),
      unitStatuses.flatMap((name) => rgb(status[name])),
    );
    gl.uniform3fv(glide.uniform('u_ground'), rgb(surface.ground));
    gl.uniform3fv(glide.uniform('u_text'), rgb(surface.text));
    gl.uniform3fv(glide.uniform('u_ink'), rgb(ink));
    const pulses = !still() && [...track.units.values()].some((unit) => unit.status === 'emergency');
    gl.uniform1f(glide.uniform('u_pulse'), pulses ? (nowMs % pulseMs) / pulseMs : 0);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.drawArrays(gl.POINTS, 0, this.#count);
    gl.bindVertexArray(null);
    if (track.isMoving(nowMs)) this.#again(glideStepMs);
    else if (pulses) this.#again(pulseStepMs);
  }

  #again(afterMs: number): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#map?.triggerRepaint();
    }, afterMs);
  }

  #upload(gl: WebGL2RenderingContext, { array, buffer }: Programme): void {
    const data = this.#scene.vertices();
    gl.bindVertexArray(array);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.bufferData(gl.ARRAY_BUFFER, data, gl.DYNAMIC_DRAW);
    gl.bindVertexArray(null);
    this.#count = data.length / vertexFloats;
    this.#stale = false;
  }

  #uploadLabels(gl: WebGL2RenderingContext, { texture }: Programme): void {
    const { canvas } = this.#scene.labels;
    gl.bindTexture(gl.TEXTURE_2D, texture);
    gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
    gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, false);
    gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, canvas);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
    gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
    this.#labelsStale = false;
  }
}

/** Moves the origin in double precision before the numbers are cut down for the graphics card. */
function translated(matrix: ArrayLike<number>, [x, y]: readonly [number, number]): Float32Array {
  const moved = Float64Array.from(matrix);
  for (let row = 0; row < 4; row++) moved[12 + row]! += matrix[row]! * x + matrix[4 + row]! * y;
  return Float32Array.from(moved);
}

function rgb(hex: string): number[] {
  return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255);
}

function link(gl: WebGL2RenderingContext): Programme | null {
  const program = gl.createProgram();
  const array = gl.createVertexArray();
  const buffer = gl.createBuffer();
  const texture = gl.createTexture();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertexSource],
    [gl.FRAGMENT_SHADER, fragmentSource],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) return null;
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost())
      throw new Error(`shader of the unit layer: ${gl.getShaderInfoLog(shader)}`);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  gl.bindVertexArray(array);
  gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
  let offset = 0;
  for (const [name, size] of [
    ['a_from', 2],
    ['a_to', 2],
    ['a_look', 4],
    ['a_label', 1],
  ] as const) {
    const place = gl.getAttribLocation(program, name);
    gl.enableVertexAttribArray(place);
    gl.vertexAttribPointer(place, size, gl.FLOAT, false, vertexFloats * 4, offset);
    offset += size * 4;
  }
  gl.bindVertexArray(null);
  const places = new Map<string, WebGLUniformLocation | null>();
  const uniform = (name: string) => {
    if (!places.has(name)) places.set(name, gl.getUniformLocation(program, name));
    return places.get(name) ?? null;
  };
  return { program, array, buffer, texture, uniform };
}
