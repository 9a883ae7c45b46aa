# VMs of an availability set behind a Standard load balancer whose probe asks Ebb's agents, which
# cloud-init installs.

resource "azurerm_public_ip" "frontend" {
  name                = "${var.load_balancer}-ip"
  resource_group_name = data.azurerm_resource_group.group.name
  location            = data.azurerm_resource_group.group.location
  allocation_method   = "Static"
  sku                 = "Standard"
}

resource "azurerm_lb" "lb" {
  name                = var.load_balancer
  resource_group_name = data.azurerm_resource_group.group.name
  location            = data.azurerm_resource_group.group.location
  sku                 = "Standard"

  frontend_ip_configuration {
    name                 = "public"
    public_ip_address_id = azurerm_public_ip.frontend.id
  }
}

resource "azurerm_lb_backend_address_pool" "pool" {
  name            = var.pool
  loadbalancer_id = azurerm_lb.lb.id
}

resource "azurerm_lb_probe" "agent" {
  name                = "agent"
  loadbalancer_id     = azurerm_lb.lb.id
  protocol            = "Http"
  port                = var.probe_port
  request_path        = var.probe_path
  interval_in_seconds = 5
  number_of_probes    = 1
  probe_threshold     = 1
}

resource "azurerm_lb_rule" "http" {
  name                           = "http"
  loadbalancer_id                = azurerm_lb.lb.id
  frontend_ip_configuration_name = "public"
  backend_address_pool_ids       = [azurerm_lb_backend_address_pool.pool.id]
  probe_id                       = azurerm_lb_probe.agent.id
  protocol                       = "Tcp"
  frontend_port                  = var.frontend_port
  backend_port                   = var.backend_port
  idle_timeout_in_minutes        = 4
  disable_outbound_snat          = true
}

# A Standard load balancer is closed to clients unless a security group lets them in. That the probe
# may come in is one of Azure's own rules.
resource "azurerm_network_security_group" "clients" {
  name                = "${var.load_balancer}-nsg"
  resource_group_name = data.azurerm_resource_group.group.name
  location            = data.azurerm_resource_group.group.location

  security_rule {
    name                       = "clients"
    priority                   = 100
    direction                  = "Inbound"
    access                     = "Allow"
    protocol                   = "Tcp"
    source_address_prefix      = "Internet"
    source_port_range          = "*"
    destination_address_prefix = "*"
    destination_port_range     = var.backend_port
  }
}

resource "azurerm_availability_set" "set" {
  name                         = var.availability_set
  resource_group_name          = data.azurerm_resource_group.group.name
  location                     = data.azurerm_resource_group.group.location
  platform_fault_domain_count  = 2
  platform_update_domain_count = 5
}

resource "azurerm_network_interface" "nic" {
  for_each            = toset(var.vm_names)
  name                = "${each.key}-nic"
  resource_group_name = data.azurerm_resource_group.group.name
  location            = data.azurerm_resource_group.group.location

  ip_configuration {
    name                          = "ipconfig1"
    primary                       = true
    subnet_id                     = var.subnet_id
    private_ip_address_allocation = "Dynamic"
  }

  lifecycle {
    # Ebb keeps there what it took out, until it is back.
    ignore_changes = [tags]
  }
}

resource "azurerm_network_interface_security_group_association" "clients" {
  for_each                  = toset(var.vm_names)
  network_interface_id      = azurerm_network_interface.nic[each.key].id
  network_security_group_id = azurerm_network_security_group.clients.id
}

resource "azurerm_network_interface_backend_address_pool_association" "membership" {
  for_each                = toset(var.vm_names)
  network_interface_id    = azurerm_network_interface.nic[each.key].id
  ip_configuration_name   = "ipconfig1"
  backend_address_pool_id = azurerm_lb_backend_address_pool.pool.id
}

resource "azurerm_linux_virtual_machine" "vm" {
  for_each                        = toset(var.vm_names)
  name                            = each.key
  computer_name                   = each.key
  resource_group_name             = data.azurerm_resource_group.group.name
  location                        = data.azurerm_resource_group.group.location
  availability_set_id             = azurerm_availability_set.set.id
  network_interface_ids           = [azurerm_network_interface.nic[each.key].id]
  size                            = var.vm_size
  admin_username                  = var.admin_username
  disable_password_authentication = true

  custom_data = base64encode(templatefile("${path.module}/cloud-init.yaml.tftpl", {
    join     = var.joins[each.key]
    settings = join("\n    ", var.agent_settings)
    archive  = var.agent_archive
    sha256   = var.agent_archive_sha256
  }))

  admin_ssh_key {
    username   = var.admin_username
    public_key = var.admin_public_key
  }

  os_disk {
    caching              = "ReadWrite"
    storage_account_type = "Premium_LRS"
  }

  source_image_reference {
    publisher = "Canonical"
    offer     = "ubuntu-24_04-lts"
    sku       = "server"
    version   = "latest"
  }

  lifecycle {
    # It is read at the first start only. Another line to join must not make all VMs anew.
    ignore_changes = [custom_data]
  }
}
