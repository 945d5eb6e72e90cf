/* The yardstick: XOR on 2-4-1, tanh or sigmoid hidden, sigmoid output, half squared error summed over the four samples,
   full batch, written for this one shape by hand. The four samples are the four numbers of a vector.
   Build: cc -O3 -march=native -shared -fPIC xor_loop.c -o xor_loop.so */
#include <stdint.h>
#include <string.h>

typedef double v4 __attribute__((vector_size(32)));
typedef int64_t i4 __attribute__((vector_size(32)));

static inline v4 all(double x) { return (v4){x, x, x, x}; }
static inline double sum(v4 v) { return (v[0] + v[1]) + (v[2] + v[3]); }
static inline v4 positive(v4 v) { return (v4)((i4)v & 0x7fffffffffffffffLL); }

static inline v4 choose(i4 mask, v4 yes, v4 no) { return (v4)((mask & (i4)yes) | (~mask & (i4)no)); }

/* e^x = 2^n (1 + rest), x <= 0 */
static inline void scaled(v4 x, v4 *power, v4 *rest) {
  x = choose(x < all(-708.0), all(-708.0), x);
  v4 shifted = x * 1.4426950408889634 + 6755399441055744.0;
  v4 n = shifted - 6755399441055744.0;
  v4 r = (x - n * 6.93147180369123816490e-01) - n * 1.90821492927058770002e-10;
  v4 r2 = r * r, r4 = r2 * r2;
  v4 low = (0.5 + r * (1 / 6.0)) + r2 * (1 / 24.0 + r * (1 / 120.0));
  v4 middle = (1 / 720.0 + r * (1 / 5040.0)) + r2 * (1 / 40320.0 + r * (1 / 362880.0));
  v4 high = (1 / 3628800.0 + r * (1 / 39916800.0)) + r2 * (1 / 479001600.0 + r * (1 / 6227020800.0));
  *rest = r + r2 * (low + r4 * (middle + r4 * high));
  *power = (v4)(((i4)shifted << 52) + (1023LL << 52));
}

static inline v4 sigmoid(v4 z) {
  v4 power, rest;
  scaled(-positive(z), &power, &rest);
  v4 small = power + power * rest;
  return choose(z >= all(0.0), all(1.0), small) / (1.0 + small);
}

static inline v4 hyperbolic(v4 z) {
  v4 power, rest;
  scaled(-2.0 * positive(z), &power, &rest);
  v4 d = power * rest + (power - 1.0);
  v4 half = -d / (2.0 + d);
  return choose(z < all(0.0), -half, half);
}

/* parameters: W0 (2 rows of 4), b0 (4), W1 (4), b1 */
void train(double *parameters, const double *targets, double rate, int64_t epochs, double *losses, int64_t tanh_hidden) {
  double w[17];
  memcpy(w, parameters, sizeof w);
  const v4 x1 = {0, 0, 1, 1}, x2 = {0, 1, 0, 1};
  v4 t;
  memcpy(&t, targets, sizeof t);
  for (int64_t epoch = 0; epoch < epochs; epoch++) {
    v4 h[4], z = all(w[16]);
    for (int j = 0; j < 4; j++) {
      v4 pre = w[8 + j] + w[j] * x1 + w[4 + j] * x2;
      h[j] = tanh_hidden ? hyperbolic(pre) : sigmoid(pre);
      z += w[12 + j] * h[j];
    }
    v4 o = sigmoid(z), miss = o - t;
    losses[epoch] = sum(0.5 * miss * miss);
    v4 delta = miss * o * (1.0 - o);
    for (int j = 0; j < 4; j++) {
      v4 slope = tanh_hidden ? 1.0 - h[j] * h[j] : h[j] * (1.0 - h[j]);
      v4 blame = w[12 + j] * delta * slope;
      w[12 + j] -= rate * sum(h[j] * delta);
      w[j] -= rate * sum(blame * x1);
      w[4 + j] -= rate * sum(blame * x2);
      w[8 + j] -= rate * sum(blame);
    }
    w[16] -= rate * sum(delta);
  }
  memcpy(parameters, w, sizeof w);
}
