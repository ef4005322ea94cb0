use std::collections::BTreeMap;

fn main() {
    let mut modules: BTreeMap<String, usize> = BTreeMap::new();
    for item in api_surface::ITEMS {
        let path: Vec<&str> = item.split("::").map(str::trim).collect();
        let module = path.get(1).filter(|_| path.len() > 2);
        *modules
            .entry(module.map_or("(root)".into(), ToString::to_string))
            .or_default() += 1;
    }
    for (module, count) in &modules {
        println!("{module:<16} {count}");
    }
    println!(
        "{} items, {} members",
        api_surface::ITEMS.len(),
        api_surface::MEMBERS.len()
    );
}
