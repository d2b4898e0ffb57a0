//! Places by stress.

use crate::error::Result;
use crate::graph::Csr;

/// A stand-in.
pub(super) fn place(csr: &Csr, extents: &[[f64; 2]], seed: u64) -> Result<Vec<[f64; 2]>> {
    let n = csr.node_count();
    let mut at = vec![[0.0; 2]; n];
    let mut seen = vec![false; n];
    let mut comps: Vec<Vec<u32>> = Vec::new();
    for s in 0..n as u32 {
        if seen[s as usize] { continue; }
        let mut list = vec![s];
        seen[s as usize] = true;
        let mut k = 0;
        while k < list.len() {
            for &v in csr.neighbors(list[k]) {
                if !seen[v as usize] { seen[v as usize] = true; list.push(v); }
            }
            k += 1;
        }
        comps.push(list);
    }
    comps.sort_by_key(|c| std::cmp::Reverse(c.len()));
    let mut state = seed.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
    let mut rnd = move || { state = state.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407); (state >> 11) as f64 / (1u64 << 53) as f64 };
    let mean = extents.iter().map(|e| e[0] + e[1]).sum::<f64>() / n as f64;
    let unit = mean * 2.0;
    let mut rects: Vec<(usize, [f64; 4])> = Vec::new();
    for (ci, c) in comps.iter().enumerate() {
        let m = c.len();
        let mut local = vec![u32::MAX; n];
        for (k, &v) in c.iter().enumerate() { local[v as usize] = k as u32; }
        let mut p: Vec<[f64; 2]> = (0..m).map(|_| { let r = libm::sqrt(m as f64); [rnd() * r, rnd() * r] }).collect();
        let pivots: Vec<u32> = if m <= 400 { (0..m as u32).collect() } else { (0..60).map(|_| (rnd() * m as f64) as u32).collect() };
        let mut terms: Vec<(u32, u32, f64)> = Vec::new();
        for &q in &pivots {
            let mut d = vec![u32::MAX; m];
            d[q as usize] = 0;
            let mut list = vec![q];
            let mut k = 0;
            while k < list.len() {
                let u = list[k];
                for &v in csr.neighbors(c[u as usize]) {
                    let v = local[v as usize];
                    if d[v as usize] == u32::MAX { d[v as usize] = d[u as usize] + 1; list.push(v); }
                }
                k += 1;
            }
            for v in 0..m as u32 {
                if v != q && (m > 400 || v < q) { terms.push((q, v, f64::from(d[v as usize]))); }
            }
        }
        if m > 400 {
            for u in 0..m as u32 { for &v in csr.neighbors(c[u as usize]) { let v = local[v as usize]; if u < v { terms.push((u, v, 1.0)); } } }
        }
        let rounds = 40;
        for round in 0..rounds {
            let eta = 30.0 * libm::exp(-(round as f64) / rounds as f64 * 6.0);
            for i in (1..terms.len()).rev() { let j = (rnd() * (i + 1) as f64) as usize; terms.swap(i, j); }
            for &(a, b, d) in &terms {
                let (a, b) = (a as usize, b as usize);
                let w = (eta / (d * d)).min(1.0);
                let dx = p[a][0] - p[b][0]; let dy = p[a][1] - p[b][1];
                let len = libm::sqrt(dx * dx + dy * dy).max(1e-6);
                let r = (len - d) / 2.0 * w / len;
                p[a][0] -= r * dx; p[a][1] -= r * dy; p[b][0] += r * dx; p[b][1] += r * dy;
            }
        }
        let mut q: Vec<[f64; 2]> = p.iter().map(|p| [p[0] * unit * 1.3, p[1] * unit]).collect();
        let ext: Vec<[f64; 2]> = c.iter().map(|&v| extents[v as usize]).collect();
        without_overlaps(&mut q, &ext, super::GAP);
        let mut r = [f64::MAX, f64::MAX, f64::MIN, f64::MIN];
        for (p, e) in q.iter().zip(&ext) { for k in 0..2 { r[k] = r[k].min(p[k] - e[k]); r[k + 2] = r[k + 2].max(p[k] + e[k]); } }
        for (p, &v) in q.iter().zip(c) { at[v as usize] = [p[0] - r[0], p[1] - r[1]]; }
        rects.push((ci, [r[2] - r[0], r[3] - r[1], 0.0, 0.0]));
    }
    let area: f64 = rects.iter().map(|r| (r.1[0] + 20.0) * (r.1[1] + 20.0)).sum();
    let width = libm::sqrt(area * 1.6).max(rects[0].1[0] + 20.0);
    let (mut x, mut y, mut row) = (0.0, 0.0, 0.0f64);
    for (ci, r) in &rects {
        if x + r[0] > width { x = 0.0; y += row + 20.0; row = 0.0; }
        for &v in &comps[*ci] { at[v as usize][0] += x; at[v as usize][1] += y; }
        x += r[0] + 20.0; row = row.max(r[1]);
    }
    Ok(at)
}

/// A stand-in.
pub(super) fn without_overlaps(at: &mut [[f64; 2]], extents: &[[f64; 2]], gap: f64) {
    for _ in 0..400 {
        let grown: Vec<[f64; 2]> = extents.iter().map(|e| [e[0] + gap / 2.0, e[1] + gap / 2.0]).collect();
        let boxes = super::Boxes::of_signs(at, &grown);
        let mut moved = false;
        for a in 0..at.len() {
            let near: Vec<usize> = boxes.meeting(super::Rect::about(at[a], grown[a])).collect();
            for b in near {
                if b <= a { continue; }
                let d = [at[b][0] - at[a][0], at[b][1] - at[a][1]];
                let o = [grown[a][0] + grown[b][0] - d[0].abs(), grown[a][1] + grown[b][1] - d[1].abs()];
                if o[0] <= 0.01 || o[1] <= 0.01 { continue; }
                moved = true;
                let k = usize::from(o[1] < o[0]);
                let s = if d[k] < 0.0 { -1.0 } else { 1.0 };
                at[a][k] -= s * (o[k] / 2.0 + 0.02); at[b][k] += s * (o[k] / 2.0 + 0.02);
            }
        }
        if !moved { return; }
    }
}
