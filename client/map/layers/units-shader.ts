/** One vertex is one unit, drawn as a point; the share of the glide is a uniform, so moving costs no upload. */
export const vertexSource = `#version 300 es
in vec2 a_from;
in vec2 a_to;
in vec4 a_look;
in float a_label;
uniform mat4 u_matrix;
uniform float u_share;
uniform float u_ratio;
flat out vec4 v_look;
flat out float v_label;
flat out float v_size;
void main() {
  gl_Position = u_matrix * vec4(mix(a_from, a_to, u_share), 0.0, 1.0);
  float team = mod(a_look.w, 2.0);
  v_size = team > 0.5 ? 56.0 : 34.0;
  gl_PointSize = v_size * u_ratio;
  v_look = a_look;
  v_label = a_label;
}`;

/**
 * Signed distances in CSS pixels, y down. Fill carries the age (60 % when old, none when dark, hatched while a
 * backlog is coming in); outline, tick and badge always stay whole, so that each keeps its 3:1 contrast.
 */
export const fragmentSource = `#version 300 es
precision highp float;
flat in vec4 v_look;
flat in float v_label;
flat in float v_size;
uniform vec3 u_colours[6];
uniform vec3 u_ground;
uniform vec3 u_ink;
uniform vec3 u_text;
uniform float u_ratio;
uniform float u_pulse;
uniform sampler2D u_labels;
uniform vec2 u_cells;
out vec4 colour;

float cover(float d) { return clamp(0.5 - d * u_ratio, 0.0, 1.0); }
float box(vec2 p, vec2 b, float r) { vec2 q = abs(p) - b + r; return length(max(q, 0.0)) + min(max(q.x, q.y), 0.0) - r; }
float triangle(vec2 p, float r) {
  p.x = abs(p.x);
  return max(p.x * 0.866 + p.y * -0.5 - r * 0.5, p.y - r * 0.6) ;
}
void over(inout vec4 under, vec3 top, float a) { under = vec4(top * a, a) + under * (1.0 - a); }

float badge(vec2 p, float status) {
  if (status < 0.5) return abs(length(p) - 3.4) - 0.8;
  if (status < 1.5) return length(p) - 4.2;
  if (status < 2.5) return min(abs(length(p) - 3.6) - 0.7, max(length(p) - 4.0, p.x));
  if (status < 3.5) return triangle(vec2(p.y, -p.x), 5.2);
  if (status < 4.5) return box(p, vec2(3.6), 0.4);
  return triangle(vec2(p.x, -p.y) * vec2(1.0, -1.0), 5.6);
}

void main() {
  vec2 p = (gl_PointCoord - 0.5) * v_size;
  bool team = mod(v_look.w, 2.0) > 0.5;
  bool selected = v_look.w > 1.5;
  float status = v_look.x;
  float age = v_look.y;
  vec3 tone = u_colours[int(status + 0.5)];
  float body = team ? box(p, vec2(12.0), 4.0) : length(p) - 6.5;
  colour = vec4(0.0);
  if (status > 4.5 && u_pulse > 0.0) {
    float ring = abs(body - u_pulse * 9.0) - 1.0;
    over(colour, tone, cover(ring) * (1.0 - u_pulse));
  }
  if (selected) {
    over(colour, u_ground, cover(abs(body - 5.0) - 2.6));
    over(colour, u_text, cover(abs(body - 5.0) - 1.4));
  }
  if (v_look.z >= 0.0) {
    float turn = radians(v_look.z);
    vec2 q = mat2(cos(turn), -sin(turn), sin(turn), cos(turn)) * p;
    float reach = team ? 15.6 : 9.6;
    float tick = triangle(q * vec2(1.0, 1.0) + vec2(0.0, reach), 4.6);
    over(colour, u_ground, cover(tick - 1.4));
    over(colour, tone, cover(tick));
  }
  over(colour, u_ground, cover(body - 1.6));
  float fill = age > 3.5 ? step(0.5, fract((p.x + p.y) / 5.0)) * 0.75 : age > 2.5 ? 0.0 : age > 1.5 ? 0.6 : 1.0;
  over(colour, tone, cover(body) * fill);
  over(colour, tone, cover(abs(body + 1.0) - 1.0));
  if (team && v_label >= 0.0) {
    vec2 area = vec2(28.0, 14.0);
    vec2 uv = p / area + 0.5;
    if (all(greaterThanEqual(uv, vec2(0.0))) && all(lessThanEqual(uv, vec2(1.0)))) {
      vec2 cell = vec2(mod(v_label, u_cells.x), floor(v_label / u_cells.x));
      float ink = texture(u_labels, (cell + uv) / u_cells).a;
      bool hollow = age > 2.5;
      if (hollow) over(colour, u_ground, ink * 0.6);
      over(colour, hollow ? tone : u_ink, ink);
    }
  }
  vec2 b = p - (team ? vec2(13.0, -13.0) : vec2(0.0));
  if (team) {
    over(colour, u_ground, cover(length(b) - 6.4));
    over(colour, tone, cover(badge(b, status)));
  } else {
    over(colour, fill > 0.5 ? u_ink : tone, cover(badge(b * 1.5, status)));
  }
}`;
